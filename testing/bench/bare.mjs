// The requests of a step that doesn't wait, and nothing else: what any action written in JavaScript has to spend.
const { INPUT_API_URL, INPUT_ORG, INPUT_APP, INPUT_ENV, INPUT_TOKEN, INPUT_DELTA_ID } = process.env
const environment = `${INPUT_API_URL}/orgs/${INPUT_ORG}/apps/${INPUT_APP}/envs/${INPUT_ENV}`
const headers = { authorization: `Bearer ${INPUT_TOKEN}`, 'content-type': 'application/json' }
const { last_deploy } = await (await fetch(environment, { headers })).json()
const body = JSON.stringify({ delta_id: INPUT_DELTA_ID, comment: `after ${last_deploy.id}` })
const { id } = await (await fetch(`${environment}/deploys`, { method: 'POST', headers, body })).json()
process.stdout.write(`${id}\n`, () => process.exit(0))

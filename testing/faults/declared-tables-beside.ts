/** The same, of requests for images, Score, health, changes and pipelines. Those beside a deployment never change its end. */
export const onceBeside = `
                            set delta archive convert apply rollout runtime logs diff runs run jobs job approvals after
name can’t be resolved    | sim sim   sim     sim     sim   sim     sim     sim  sim  sim  sim sim  sim sim       sim
connection refused        | ok  ok    ok      ok      ok    ok      ok      sim  ok   ok   ok  ok   ok  ok        ok
no connection in time     | sim sim   sim     sim     sim   sim     sim     sim  sim  sim  sim sim  sim sim       sim
untrusted certificate     | E   E     ok      E       E     ok      U       ~    ~    ok   E1  E1   E1  E1        ok
proxy wants a password    | E   E     ok      E       E     ok      U       ~    ~    ok   ok  ok   ok  ok        ok
proxy drops the CONNECT   | ok  ok    ok      ok      ok    ok      ok      ~    ok   ok   ok  ok   ok  ok        ok
proxy stalls the CONNECT  | ok  ok    ok      ok      ok    ok      ok      ~    ~    ok   ok  ok   ok  ok        ok
reset, not carried out    | ok  ok    ok      ok      ok    ok      ok      ~    ok   ok   ok  ok   ok  ok        ok
reset, carried out        | ok  ok    ok      ok      ok    ok      ok      ~    ok   ok   ok  ok   ok  ok        ok
cut within the headers    | ok  ok    ok      ok      ok    ok      ok      ~    ok   ok   ok  ok   ok  ok        ok
cut within the body       | ok  ok    -       ok      ok    ok      ok      ~    ok   ok   ok  ok   ok  ok        ok
headers never come        | ok  ok    ok      ok      ok    ok      ok      ~    ~    ok   ok  ok   ok  ok        ok
body never comes          | ok  ok    -       ok      ok    ok      ok      ~    ~    ok   ok  ok   ok  ok        ok
one byte a second         | ok  ok    -       ok      ok    ok      ok      ~    ~    ok   ok  ok   ok  ok        ok
400                       | E   E     ok      E       E     ok      U       ~    ~    ok   ok  ok   ok  ok        ok
401                       | E   E     ok      E       E     ok      ok      ~    ~    ok   ok  ok   ok  ok        ok
403                       | E   E     ok      E       E     ok      ok      ~    ~    ok   ok  ok   ok  ok        ok
404                       | E   E     ok      E       E     ok      ok      ~    ~    ok   ok  ok   ok  ok        ok
403, a firewall’s page    | ok  ok    ok      ok      ok    ok      ok      ~    ok   ok   ok  ok   ok  ok        ok
403, a proxy’s text       | ok  ok    ok      ok      ok    ok      ok      ~    ok   ok   ok  ok   ok  ok        ok
404, an ingress’s text    | ok  ok    ok      ok      ok    ok      ok      ~    ok   ok   ok  ok   ok  ok        ok
409                       | E   E     ok      E       E     ok      U       ~    ~    ok   ok  ok   ok  ok        ok
422                       | E   E     ok      E       E     ok      U       ~    ~    ok   ok  ok   ok  ok        ok
429                       | ok  ok    ok      ok      ok    ok      ok      ~    ok   ok   ok  ok   ok  ok        ok
429, 2 s                  | ok  ok    ok      ok      ok    ok      ok      ~    ok   ok   ok  ok   ok  ok        ok
429, -1 s                 | ok  ok    ok      ok      ok    ok      ok      ~    ok   ok   ok  ok   ok  ok        ok
429, 1e9 s                | ok  ok    ok      ok      ok    ok      ok      ~    ~    ok   ok  ok   ok  ok        ok
429, a date of the past   | ok  ok    ok      ok      ok    ok      ok      ~    ok   ok   ok  ok   ok  ok        ok
429, text                 | ok  ok    ok      ok      ok    ok      ok      ~    ok   ok   ok  ok   ok  ok        ok
500                       | ok  ok    ok      ok      ok    ok      ok      ~    ok   ok   ok  ok   ok  ok        ok
502 with a page           | ok  ok    ok      ok      ok    ok      ok      ~    ok   ok   ok  ok   ok  ok        ok
503                       | ok  ok    ok      ok      ok    ok      ok      ~    ok   ok   ok  ok   ok  ok        ok
504, carried out          | ok  ok    ok      ok      ok    ok      ok      ~    ok   ok   ok  ok   ok  ok        ok
301                       | E   E     ok      E       E     ok      U       ~    ~    ok   ok  ok   ok  ok        ok
302                       | E   E     ok      E       E     ok      U       ~    ~    ok   ok  ok   ok  ok        ok
303                       | E   E     ok      E       E     ok      U       ~    ~    ok   ok  ok   ok  ok        ok
307                       | E   E     ok      E       E     ok      U       ~    ~    ok   ok  ok   ok  ok        ok
308                       | E   E     ok      E       E     ok      U       ~    ~    ok   ok  ok   ok  ok        ok
2xx, a page               | ok  ok    -       ok      ok    ok      ok      ~    ok   ok   ok  ok   ok  ok        ok
200, a page instead       | ok  ok    ok      ok      ok    ok      ok      ~    ok   ok   ok  ok   ok  ok        ok
2xx, truncated JSON       | ok  ok    -       ok      ok    ok      ok      ~    ok   ok   ok  ok   ok  ok        ok
2xx, wrong or bad id      | ok  -     -       -       -     -       -       -    -    -    ok  -    ok  -         ok
2xx, unknown status       | -   -     -       -       -     -       -       -    -    -    ok  -    -   -         -
2xx, 51 MiB               | ok  ok    -       ok      ok    ok      ok      ~    ok   ok   ok  ok   ok  ok        ok
`

/** The same, of requests for images, Score, health, changes, pipelines and the input `pull_request`. */
export const forGoodBeside = `
                            set delta convert runtime diff after  pull
connection refused        | T   T     T       U       ~    sim    E
untrusted certificate     | E   E     E       U       ~    ~      E
proxy wants a password    | E   E     E       U       ~    ~      E
proxy drops the CONNECT   | T   T     T       U       ~    ~      E
proxy stalls the CONNECT  | T   T     T       U       ~    ~      E
reset, not carried out    | T   E     T       U       ~    ~      E
reset, carried out        | T   E     T       U       ~    ~      E
cut within the headers    | T   E     T       U       ~    ~      E
cut within the body       | T   E     T       U       ~    ~      E
headers never come        | T   E     T       U       ~    ~      E
body never comes          | T   E     T       U       ~    ~      E
one byte a second         | T   E     T       U       ~    ~      E
400                       | E   E     E       U       ~    ~      E
401                       | E   E     E       U       ~    ~      E
403                       | E   E     E       U       ~    ~      E
404                       | E   E     E       U       ~    ~      E
403, a firewall’s page    | E   E     E       U       ~    ~      E
403, a proxy’s text       | E   E     E       U       ~    ~      E
404, an ingress’s text    | E   E     E       U       ~    ~      E
409                       | E   E     E       U       ~    ~      E
422                       | E   E     E       U       ~    ~      E
429                       | T   T     T       U       ~    ~      E
429, 2 s                  | T   T     T       U       ~    ~      E
429, -1 s                 | T   T     T       U       ~    ~      E
429, 1e9 s                | T   T     T       U       ~    ~      E
429, a date of the past   | T   T     T       U       ~    ~      E
429, text                 | T   T     T       U       ~    ~      E
500                       | T   E     T       U       ~    ~      E
502 with a page           | T   E     T       U       ~    ~      E
503                       | T   E     T       U       ~    ~      E
504, carried out          | T   E     T       U       ~    ~      E
301                       | E   E     E       U       ~    ~      E
302                       | E   E     E       U       ~    ~      E
303                       | E   E     E       U       ~    ~      E
307                       | E   E     E       U       ~    ~      E
308                       | E   E     E       U       ~    ~      E
2xx, a page               | T   E     T       U       ~    ~      E
200, a page instead       | T   E     T       U       ~    ~      E
2xx, truncated JSON       | T   E     T       U       ~    ~      E
2xx, wrong or bad id      | T   -     -       -       -    ~      -
2xx, 51 MiB               | T   E     T       U       ~    ~      ok
`

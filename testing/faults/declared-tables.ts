/** One request to Humanitec is hit, the next one isn’t. */
export const once = `
                            env source past base create start rebased back look poll history errors urls delete envs
name can’t be resolved    | E   sim    sim  sim  sim    sim   sim     sim  sim  sim  sim     sim    sim  sim    sim
connection refused        | ok  ok     ok   ok   ok     ok    ok      ok   ok   ok   ok      ok     ok   ok     ok
no connection in time     | sim sim    sim  sim  sim    sim   sim     sim  sim  sim  sim     sim    sim  sim    sim
untrusted certificate     | E   E      E    E    E      E     E       ~    ?    Ei   ok      ~      ~    E      E
proxy wants a password    | E   E      E    E    E      E     E       ~    ?    Ei   ok      ~      ~    E      E
proxy drops the CONNECT   | ok  ok     ok   ok   ok     ok    ok      ok   ok   ok   ok      ok     ok   ok     ok
proxy stalls the CONNECT  | ok  ok     ok   ok   ok     ok    ok      ok   ok   ok   ok      ok     ok   ok     ok
reset, not carried out    | ok  ok     ok   ok   ok     ok2   ok2     ok   ok   ok   ok      ok     ok   ok     ok
reset, carried out        | ok  ok     ok   ok   ok     ok    ok      ok   ok   ok   ok      ok     ok   ok     ok
cut within the headers    | ok  ok     ok   ok   ok     ok    ok      ok   ok   ok   ok      ok     ok   ok     ok
cut within the body       | ok  ok     ok   -    ok     ok    ok      -    ok   ok   ok      ok     ok   -      ok
headers never come        | ok  ok     ok   ok   ok     ok    ok      ok   ok   ok   ok      ok     ok   ok     ok
body never comes          | ok  ok     ok   -    ok     ok    ok      -    ok   ok   ok      ok     ok   -      ok
one byte a second         | ok  ok     ok   -    ok     ok    ok      -    ok   ok   ok      ok     ok   -      ok
400                       | E   E      E    E    E      E1    E1      ~    ?    Ei   ok      ~      ~    E      E
401                       | E   E      E    E    E      E1    E1      ~    ?    ok   ok      ~      ~    E      E
403                       | E   E      E    E    E      E1    E1      ~    ?    ok   ok      ~      ~    E      E
404                       | E   E      E    E    E      E1    E1      ~    ?    ok   ok      ~      ~    ok     E
403, a firewall’s page    | ok  ok     ok   ok   ok     ok2   ok2     ok   ok   ok   ok      ok     ok   ok     ok
403, a proxy’s text       | ok  ok     ok   ok   ok     ok2   ok2     ok   ok   ok   ok      ok     ok   ok     ok
404, an ingress’s text    | ok  ok     ok   ok   ok     ok2   ok2     ok   ok   ok   ok      ok     ok   ok     ok
409                       | E   E      E    E    ok     E1    E1      ~    ?    Ei   ok      ~      ~    ok     E
422                       | E   E      E    E    E      E1    E1      ~    ?    Ei   ok      ~      ~    E      E
429                       | ok  ok     ok   ok   ok     ok2   ok2     ok   ok   ok   ok      ok     ok   ok     ok
429, 2 s                  | ok  ok     ok   ok   ok     ok2   ok2     ok   ok   ok   ok      ok     ok   ok     ok
429, -1 s                 | ok  ok     ok   ok   ok     ok2   ok2     ok   ok   ok   ok      ok     ok   ok     ok
429, 1e9 s                | ok  ok     ok   ok   ok     ok2   ok2     ~    ok   ok   ok      ~      ~    ok     ok
429, a date of the past   | ok  ok     ok   ok   ok     ok2   ok2     ok   ok   ok   ok      ok     ok   ok     ok
429, text                 | ok  ok     ok   ok   ok     ok2   ok2     ok   ok   ok   ok      ok     ok   ok     ok
500                       | ok  ok     ok   ok   ok     ok2   ok2     ok   ok   ok   ok      ok     ok   ok     ok
502 with a page           | ok  ok     ok   ok   ok     ok2   ok2     ok   ok   ok   ok      ok     ok   ok     ok
503                       | ok  ok     ok   ok   ok     ok2   ok2     ok   ok   ok   ok      ok     ok   ok     ok
504, carried out          | ok  ok     ok   ok   ok     ok    ok      ok   ok   ok   ok      ok     ok   ok     ok
301                       | E   E      E    E    E      E1    E1      ~    ?    Ei   ok      ~      ~    E      E
302                       | E   E      E    E    E      E1    E1      ~    ?    Ei   ok      ~      ~    E      E
303                       | E   E      E    E    E      E1    E1      ~    ?    Ei   ok      ~      ~    E      E
307                       | E   E      E    E    E      E1    E1      ~    ?    Ei   ok      ~      ~    E      E
308                       | E   E      E    E    E      E1    E1      ~    ?    Ei   ok      ~      ~    E      E
2xx, a page               | ok  ok     ok   -    ok     ok    ok      -    ok   ok   ok      ok     ok   -      ok
200, a page instead       | ok  ok     ok   ok   ok     ?     ?       ok   ok   ok   ok      ok     ok   ok     ok
2xx, truncated JSON       | ok  ok     ok   -    ok     ok    ok      -    ok   ok   ok      ok     ok   -      ok
2xx, wrong or bad id      | ok  ok     -    -    ok     ok    ok      -    -    ok   -       -      -    -      -
2xx, unknown status       | ok  ok     E    -    ok     ok    ok      -    ok   ok   ok      -      ok   -      ok
2xx, status goes back     | -   -      -    -    -      -     -       -    -    ok   -       -      -    -      -
2xx, 51 MiB               | ok  ok     ok   -    ok     ok    ok      -    ok   ok   ok      ok     ok   -      ok
`

/**
 * One request to GitHub is hit, the next one isn't. The deployment's own end never changes; a prune needs to see. A limit that
 * doesn't say how long it lasts is one of a minute, longer than a step waits for GitHub at its end.
 */
export const onceAtGitHub = `
                            viewer comments write update remove open status older states pull pulls page nodes retire
name can’t be resolved    | ~      sim      sim   sim    sim    ~    sim    sim   E      sim  sim   sim  sim   sim
connection refused        | ok     ok       ok    ok     ok     ok   ok     ok    ok     ok   ok    ok   ok    ok
no connection in time     | sim    sim      sim   sim    sim    sim  sim    sim   sim    sim  sim   sim  sim   sim
untrusted certificate     | ~      ~        ~     ~      ~      ~    ~      ~     E      E    ~     ~    ~     ~
proxy wants a password    | ~      ~        ~     ~      ~      ~    ~      ~     E      E    ~     ~    ~     ~
proxy drops the CONNECT   | ok     ok       ok    ok     ok     ok   ok     ok    ok     ok   ok    ok   ok    ok
proxy stalls the CONNECT  | ok     ok       ok    ok     ok     ok   ok     ok    ok     ok   ok    ok   ok    ok
reset, not carried out    | ok     ok       ok    ok     ok     ok   ok     ok    ok     ok   ok    ok   ok    ok
reset, carried out        | ok     ok       ok    ok     ok     ok   ok     ok    ok     ok   ok    ok   ok    ok
cut within the headers    | ok     ok       ok    ok     ok     ok   ok     ok    ok     ok   ok    ok   ok    ok
cut within the body       | ok     ok       ok    ok     -      ok   ok     ok    ok     ok   ok    ok   ok    ok
headers never come        | ok     ok       ok    ok     ok     ok   ok     ok    ok     ok   ok    ok   ok    ok
body never comes          | ok     ok       ok    ok     -      ok   ok     ok    ok     ok   ok    ok   ok    ok
one byte a second         | ok     ok       ok    ok     -      ok   ok     ok    ok     ok   ok    ok   ok    ok
400                       | ~      ~        ~     ~      ~      ~    ~      ~     E      E    ~     ~    ~     ~
401                       | ~      ~        ~     ~      ~      ~    ~      ~     E      E    ~     ~    ~     ~
403                       | ~      ~        ~     ~      ~      ~    ~      ~     E      E    ~     ~    ~     ~
404                       | ~      ok       ok    ok     ok     ~    ~      ~     E      E    ~     ok   ~     ok
403, a firewall’s page    | ~      ~        ~     ~      ~      ~    ~      ~     E      E    ~     ~    ~     ~
403, a proxy’s text       | ~      ~        ~     ~      ~      ~    ~      ~     E      E    ~     ~    ~     ~
404, an ingress’s text    | ~      ok       ok    ok     ok     ~    ~      ~     E      E    ~     ok   ~     ok
409                       | ~      ~        ~     ~      ~      ~    ~      ~     E      E    ~     ~    ~     ~
422                       | ~      ~        ~     ~      ~      ~    ~      ~     E      E    ~     ~    ~     ~
429                       | ~      ~        ~     ~      ~      ~    ~      ~     ok     E    ~     ~    ~     ~
429, 2 s                  | ok     ok       ok    ok     ok     ok   ok     ok    ok     ok   ok    ok   ok    ok
429, -1 s                 | ~      ~        ~     ~      ~      ~    ~      ~     ok     E    ~     ~    ~     ~
429, 1e9 s                | ~      ~        ~     ~      ~      ~    ~      ~     E      E    ~     ~    ~     ~
429, a date of the past   | ok     ok       ok    ok     ok     ok   ok     ok    ok     ok   ok    ok   ok    ok
429, text                 | ~      ~        ~     ~      ~      ~    ~      ~     ok     E    ~     ~    ~     ~
500                       | ok     ok       ok    ok     ok     ok   ok     ok    ok     ok   ok    ok   ok    ok
502 with a page           | ok     ok       ok    ok     ok     ok   ok     ok    ok     ok   ok    ok   ok    ok
503                       | ok     ok       ok    ok     ok     ok   ok     ok    ok     ok   ok    ok   ok    ok
504, carried out          | ok     ok       ok    ok     ok     ok   ok     ok    ok     ok   ok    ok   ok    ok
301                       | ~      ~        ~     ~      ~      ~    ~      ~     E      E    ~     ~    ~     ~
302                       | ~      ~        ~     ~      ~      ~    ~      ~     E      E    ~     ~    ~     ~
303                       | ~      ~        ~     ~      ~      ~    ~      ~     E      E    ~     ~    ~     ~
307                       | ~      ~        ~     ~      ~      ~    ~      ~     E      E    ~     ~    ~     ~
308                       | ~      ~        ~     ~      ~      ~    ~      ~     E      E    ~     ~    ~     ~
2xx, a page               | ok     ok       ok    ok     -      ok   ok     ok    ok     ok   ok    ok   ok    ok
200, a page instead       | ok     ok       ok    ok     ok     ok   ok     ok    ok     ok   ok    ok   ok    ok
2xx, truncated JSON       | ok     ok       ok    ok     -      ok   ok     ok    ok     ok   ok    ok   ok    ok
2xx, 51 MiB               | ok     ok       ok    ok     -      ok   ok     ok    ok     ok   ok    ok   ok    ok
`

/** From one request on, the fault stays: to the deadline, which is short here, or to GitHub's last try. */
export const forGood = `
                            env start poll comment deployment
connection refused        | E   T     Ti   ~       ~
untrusted certificate     | E   E     Ei   ~       ~
proxy wants a password    | E   E     Ei   ~       ~
proxy drops the CONNECT   | E   T     Ti   ~       ~
proxy stalls the CONNECT  | E   T     Ti   ~       ~
reset, not carried out    | E   ?3    Ti   ~       ~
reset, carried out        | E   ok    Ti   ~       ~
cut within the headers    | E   ok    Ti   ~       ~
cut within the body       | E   ok    Ti   ~       ~
headers never come        | E   ?     Ti   ~       ~
body never comes          | E   ?     Ti   ~       ~
one byte a second         | E   ?     Ti   ~       ~
400                       | E   E1    Ei   ~       ~
401                       | E   E1    Ei   ~       ~
403                       | E   E1    Ei   ~       ~
404                       | E   E1    Ti   ~       ~
404, over a minute        | -   -     Ei   -       -
403, a firewall’s page    | E   E3    Ei   ~       ~
403, a proxy’s text       | E   E3    Ei   ~       ~
404, an ingress’s text    | E   E3    Ei   ~       ~
409                       | E   E1    Ei   ~       ~
422                       | E   E1    Ei   ~       ~
429                       | E   T+    Ti   ~       ~
429, 2 s                  | E   T+    Ti   ~       ~
429, -1 s                 | E   T+    Ti   ~       ~
429, 1e9 s                | E   T1    Ti   ~       ~
429, a date of the past   | E   T+    Ti   ~       ~
429, text                 | E   T+    Ti   ~       ~
500                       | E   ?3    Ti   ~       ~
502 with a page           | E   ?3    Ti   ~       ~
503                       | E   ?3    Ti   ~       ~
504, carried out          | E   ok    Ti   ~       ~
301                       | E   E1    Ei   ~       ~
302                       | E   E1    Ei   ~       ~
303                       | E   E1    Ei   ~       ~
307                       | E   E1    Ei   ~       ~
308                       | E   E1    Ei   ~       ~
2xx, a page               | E   ok    Ti   ~       ~
200, a page instead       | E   ?     Ti   ~       ~
2xx, truncated JSON       | E   ok    Ti   ~       ~
2xx, wrong or bad id      | E   ok    Ti   -       -
2xx, unknown status       | ok  ok    Ti   -       -
2xx, status goes back     | -   -     Ti   -       -
2xx, 51 MiB               | E   ok    Ti   ok      ok
`

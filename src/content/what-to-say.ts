import type { LineKind, WhatToSay } from './hotline-schema.ts'
import file from './what-to-say.json'

/** What helps to say on the phone, and what to leave out, by kind of line. Pure. */
export const whatToSay = (kind: LineKind): WhatToSay[LineKind] => (file as WhatToSay)[kind]

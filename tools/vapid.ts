import { toText } from '../src/protocol/bytes.ts'

// Makes the pair of keys with which a host pushes (RFC 8292): `npm run vapid`. Once: with another pair every browser has to say yes again.

const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify'])
const publicKey = toText(new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey)))
const { d: privateKey } = await crypto.subtle.exportKey('jwk', pair.privateKey)

console.log(`
  In wrangler.toml, below [vars]:
    VAPID_PUBLIC_KEY = "${publicKey}"

  npx wrangler secret put VAPID_PRIVATE_KEY, and paste:
    ${privateKey}

  Keep the private one where the host's other keys are, and nowhere in this folder. Never make them anew without need: every
  contact who is notified would have to turn notifications on again.
`)

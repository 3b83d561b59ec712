import { conformance } from './conformance.ts'
import { reference } from './reference/implementation.ts'

conformance('an implementation from docs/protocol.md alone, on libsodium and OpenSSL,', reference)

import { conformance } from './conformance.ts'
import { thisCode } from './this-code.ts'

conformance('this code', thisCode)

import { app } from './app.ts'

export { Mailroom } from './mailroom/mailroom.ts'
export { Vault } from './vault/vault.ts'

export default app

import { app } from './app.ts'

export { Doorkeeper } from './doorkeeper/doorkeeper.ts'
export { Mailroom } from './mailroom/mailroom.ts'
export { Vault } from './vault/vault.ts'

export default app

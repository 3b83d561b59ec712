/** Every route is a constant, so that no log anywhere can hold an id (`protocol.md §7`). All but `host` are POST. */
export const ROUTES = {
  host: '/api/v1/host',
  commit: '/api/v1/vault/commit',
  open: '/api/v1/vault/open',
  delete: '/api/v1/vault/delete',
  contacts: '/api/v1/contact/list',
  alerts: '/api/v1/alert/list',
  clear: '/api/v1/alert/clear',
  withdraw: '/api/v1/alert/withdraw',
  press: '/api/v1/press',
  cancel: '/api/v1/press/cancel',
  status: '/api/v1/press/status',
  letter: '/api/v1/letter/read',
  word: '/api/v1/letter/word',
  receipt: '/api/v1/letter/receipt',
  join: '/api/v1/join/read',
  code: '/api/v1/join/code',
  accept: '/api/v1/join/accept',
  leave: '/api/v1/join/leave',
  stop: '/api/v1/stop',
} as const
export type RouteName = keyof typeof ROUTES

/** What a provider calls, and no client. */
export const HOOKS = { twilio: '/api/v1/hook/twilio' } as const

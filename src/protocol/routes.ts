import { AFTER_ROUTES } from './after-routes.ts'

/** Those of who reads a letter: that page loads no others. */
export const LETTER_ROUTES = {
  letter: '/api/v1/letter/read',
  word: '/api/v1/letter/word',
  receipt: '/api/v1/letter/receipt',
  standing: '/api/v1/letter/standing',
} as const

/** Those of who holds an invitation, on the same terms. */
export const JOIN_ROUTES = {
  join: '/api/v1/join/read',
  code: '/api/v1/join/code',
  accept: '/api/v1/join/accept',
  leave: '/api/v1/join/leave',
} as const

/** What several pages ask that load no others. */
export const HOST_ROUTE = '/api/v1/host'

/** Every route is a constant, so that no log anywhere can hold an id (`protocol.md §7`). All but `host` are POST. */
export const ROUTES = {
  ...LETTER_ROUTES,
  ...AFTER_ROUTES,
  host: HOST_ROUTE,
  commit: '/api/v1/vault/commit',
  open: '/api/v1/vault/open',
  delete: '/api/v1/vault/delete',
  end: '/api/v1/vault/end',
  plan: '/api/v1/plan/open',
  contacts: '/api/v1/contact/list',
  alerts: '/api/v1/alert/list',
  clear: '/api/v1/alert/clear',
  withdraw: '/api/v1/alert/withdraw',
  drill: '/api/v1/drill',
  ready: '/api/v1/ready',
  press: '/api/v1/press',
  cancel: '/api/v1/press/cancel',
  status: '/api/v1/press/status',
  ...JOIN_ROUTES,
  cover: '/api/v1/press/cover',
  situation: '/api/v1/press/situation',
  presses: '/api/v1/press/list',
  told: '/api/v1/press/told',
  stop: '/api/v1/stop',
  checkIns: '/api/v1/check-in/list',
  checkInArm: '/api/v1/check-in/arm',
  checkInWell: '/api/v1/check-in/well',
  checkInExtend: '/api/v1/check-in/extend',
  checkInEnd: '/api/v1/check-in/end',
  checkInCode: '/api/v1/check-in/code',
  guardSet: '/api/v1/guard/set',
  guardTry: '/api/v1/guard/try',
  guardOpened: '/api/v1/guard/opened',
  guardRemove: '/api/v1/guard/remove',
  handOffer: '/api/v1/hand-over/offer',
  handLook: '/api/v1/hand-over/look',
  handGive: '/api/v1/hand-over/give',
  handEnd: '/api/v1/hand-over/end',
  handTake: '/api/v1/hand-over/take',
  handTaken: '/api/v1/hand-over/taken',
  putCard: '/api/v1/card/put',
  findCard: '/api/v1/card/find',
} as const
/** What providers call (`protocol.md §7.9, §14`): no client does. */
export const HOOKS = { email: '/api/v1/hook/email', twilio: '/api/v1/hook/twilio' } as const
export type RouteName = keyof typeof ROUTES

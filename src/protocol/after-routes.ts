/** What an open letter asks for once it is read (`protocol.md §7.14`): in a file of its own, which its page loads later. */
export const AFTER_ROUTES = {
  share: '/api/v1/letter/share',
  steps: '/api/v1/steps/read',
  tick: '/api/v1/steps/tick',
} as const

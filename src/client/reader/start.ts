import './first-request.ts'

/** The entry of the contact's page: the request is under way before the application is asked for. */
// Where the application does not come, the page itself says what to do.
void import('./main.tsx').catch(() => undefined)

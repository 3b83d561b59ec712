/** The only way to the log: the name of an event and how often. Never ids, addresses, URLs or an error's text. */
export const log = (event: string, count = 1): void => {
  // biome-ignore lint/suspicious/noConsole: the platform's log is the console
  console.log(JSON.stringify({ event, count }))
}

/** A fresh page: nothing of this one stays in memory, and "back" does not lead to it. */
export const startAnew = (address: '/' | '/#/rights'): void => {
  globalThis.location.replace(address)
  globalThis.location.reload()
}

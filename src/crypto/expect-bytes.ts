/**
 * @throws TypeError if `value` is not bytes
 * @throws RangeError if it is not exactly `length` bytes long; the message names `what`, never the value
 */
export const expectBytes = (value: Uint8Array, length: number, what: string): void => {
  if (!(value instanceof Uint8Array)) throw new TypeError(`${what}: bytes expected`)
  if (value.length !== length) throw new RangeError(`${what}: ${length} bytes expected`)
}

/** Where random bytes come from: the platform's cryptographic generator, as an argument (`protocol.md §1.3`). */
export type Random = (length: number) => Uint8Array

/** Hands a PDF to the person, as a download. @param name without its ending */
export const savePdf = (bytes: Uint8Array, name: string): void => {
  const address = URL.createObjectURL(new Blob([bytes as BlobPart], { type: 'application/pdf' }))
  const anchor = document.createElement('a')
  anchor.href = address
  anchor.download = `${name}.pdf`
  anchor.click()
  // Some browsers read it only after a question to the person.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}

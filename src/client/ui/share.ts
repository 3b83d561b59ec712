/** Hands a text to the phone's share sheet; where there is none, to the clipboard; else the page must show it. */
export type Shared = 'shared' | 'closed' | 'copied' | 'to-show'

export const shareOrCopy = async (text: string): Promise<Shared> => {
  try {
    if (navigator.share) {
      await navigator.share({ text })
      return 'shared'
    }
    await navigator.clipboard.writeText(text)
    return 'copied'
  } catch (error) {
    // Closing the share sheet is no failure.
    return error instanceof DOMException && error.name === 'AbortError' ? 'closed' : 'to-show'
  }
}

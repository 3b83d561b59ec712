/** The phone's own voice. Only one that works on the phone itself is asked for first: nothing need leave it, and it speaks without a line. */
const VOICES_WAIT_MS = 1_500

const voices = (): Promise<readonly SpeechSynthesisVoice[]> =>
  new Promise((resolve) => {
    const there = speechSynthesis.getVoices()
    if (there.length > 0) return resolve(there)
    // Some browsers fill the list later, and old ones have no event for it.
    speechSynthesis.addEventListener?.('voiceschanged', () => resolve(speechSynthesis.getVoices()), {
      once: true,
    })
    setTimeout(() => resolve(speechSynthesis.getVoices()), VOICES_WAIT_MS)
  })

export const canSpeak = (): boolean =>
  'speechSynthesis' in globalThis && 'SpeechSynthesisUtterance' in globalThis

export const stopSpeaking = (): void => speechSynthesis.cancel()

/** @returns false where this phone has no voice for it */
export const speak = async (sentences: readonly string[], language: string): Promise<boolean> => {
  stopSpeaking()
  const fitting = (await voices()).filter(({ lang }) => lang.toLowerCase().startsWith(language))
  const voice = fitting.find(({ localService }) => localService) ?? fitting[0]
  if (voice === undefined) return false
  for (const sentence of sentences) {
    const utterance = new SpeechSynthesisUtterance(sentence)
    utterance.voice = voice
    utterance.lang = voice.lang
    utterance.rate = 0.9
    speechSynthesis.speak(utterance)
  }
  return true
}

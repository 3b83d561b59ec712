/**
 * What a text message weighs (3GPP TS 23.038): in the alphabet GSM-7 160 signs, or 153 in each of several segments; one sign that is
 * not in it turns the whole text into UCS-2, with 70 or 67. Pure.
 */
const BASIC = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
)
/** Each counts twice: an escape comes before it. */
const EXTENDED = new Set('^{}\\[~]|€\f')

export type Weight = { alphabet: 'GSM-7' | 'UCS-2'; segments: number }

export const weigh = (text: string): Weight => {
  const signs = [...text]
  const isGsm = signs.every((sign) => BASIC.has(sign) || EXTENDED.has(sign))
  if (!isGsm) {
    // UTF-16 code units; a pair is not torn, which may cost one of a segment.
    const length = text.length
    return { alphabet: 'UCS-2', segments: length <= 70 ? 1 : Math.ceil(length / 66) }
  }
  const length = signs.reduce((sum, sign) => sum + (EXTENDED.has(sign) ? 2 : 1), 0)
  // An escape is not torn from its sign either.
  return { alphabet: 'GSM-7', segments: length <= 160 ? 1 : Math.ceil(length / 152) }
}

const PLAIN: Record<string, string> = {
  '’': "'",
  '‘': "'",
  '“': '"',
  '”': '"',
  '…': '...',
  '–': '-',
  '—': '-',
  '‐': '-',
}

/**
 * The same text with as few signs as can be that are not in GSM-7: accents that it lacks are left out, as people who write texts in
 * Spanish do. What has no such form (Cyrillic, Han) stays.
 */
export const towardsGsm = (text: string): string =>
  [...text.normalize('NFC')]
    .map((sign) => {
      if (BASIC.has(sign) || EXTENDED.has(sign)) return sign
      const plain = PLAIN[sign] ?? sign.normalize('NFKD').replace(/\p{M}/gu, '')
      return [...plain].every((one) => BASIC.has(one)) ? plain : sign
    })
    .join('')

/** What somebody typed as one line, without what no sealed line may hold; null where nothing is left. */
export const oneLineOf = (text: string): string | null =>
  text
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/ +/g, ' ')
    .trim() || null

/** What a stranger wrote, without marks piled up so high that they cover what stands above and below: that nobody has checked it, for one. */
export const withoutTowers = (text: string): string => text.replace(/(\p{M}{4})\p{M}+/gu, '$1')

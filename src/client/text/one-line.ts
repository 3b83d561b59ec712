/** What somebody typed as one line, without what no sealed line may hold; null where nothing is left. */
export const oneLineOf = (text: string): string | null =>
  text
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/ +/g, ' ')
    .trim() || null

/**
 * May this name stand in a message (`protocol.md §8.9`)? The owner's name is the one free text that a stranger could have
 * mailed to somebody, so it must not be able to say anything but a name. No list of words is complete; the mails are
 * written so that a name never stands where an instruction would be believed. Pure.
 */

const WORDS_MAX = 5
/** With the parts that a hyphen or an apostrophe joins. */
const PARTS_MAX = 7
/** Letters of one word: Han and Hangul say in four what takes others twenty. */
const WORD_MAX_LETTERS = 20
const DENSE_WORD_MAX_LETTERS = 5
const DENSE_NAME_MAX_LETTERS = 10

/** Letters of a name come from one of these and from no other: "Аna" with a Cyrillic first letter is none. */
const SCRIPTS = [
  // Without phonetic letters and clicks, of which some look like signs.
  /^[A-Za-z\u00C0-\u01BF\u01C4-\u024F\u0259\u1E00-\u1EFF\u02BB\u02BC\p{M}]+$/u,
  /^[\p{scx=Cyrillic}\p{M}]+$/u,
  /^[\p{scx=Greek}\p{M}]+$/u,
  /^[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Bopomofo}\p{scx=Hangul}\p{M}]+$/u,
  ...[
    ...[
      'Arabic',
      'Hebrew',
      'Armenian',
      'Georgian',
      'Ethiopic',
      'Devanagari',
      'Bengali',
      'Gurmukhi',
      'Gujarati',
    ],
    ...['Tamil', 'Telugu', 'Kannada', 'Malayalam', 'Oriya', 'Sinhala', 'Thai', 'Lao', 'Khmer', 'Myanmar'],
    ...['Tibetan', 'Mongolian', 'Thaana', 'Syriac', 'Tifinagh'],
  ].map((script) => new RegExp(`^[\\p{scx=${script}}\\p{M}]+$`, 'u')),
]
const DENSE = /[\p{scx=Han}\p{scx=Hangul}]/u

/** Letters that a reader takes for Latin ones. */
const LOOKS_LIKE = new Map(
  Object.entries({
    а: 'a',
    в: 'b',
    с: 'c',
    ԁ: 'd',
    е: 'e',
    һ: 'h',
    і: 'i',
    ј: 'j',
    к: 'k',
    ӏ: 'l',
    м: 'm',
    п: 'n',
    н: 'h',
    о: 'o',
    р: 'p',
    ԛ: 'q',
    г: 'r',
    ѕ: 's',
    т: 't',
    у: 'y',
    ѵ: 'v',
    ԝ: 'w',
    х: 'x',
    α: 'a',
    β: 'b',
    ε: 'e',
    η: 'n',
    ι: 'i',
    κ: 'k',
    ν: 'v',
    ο: 'o',
    ρ: 'p',
    τ: 't',
    υ: 'u',
    χ: 'x',
    ω: 'w',
    ı: 'i',
    ł: 'l',
    ø: 'o',
    đ: 'd',
    ħ: 'h',
  }),
)

/** Words of links, of payment and of orders, none of which is a usual name; compared as a whole, without case and marks. */
const NO_NAMES = new Set(
  [
    'www http https com net org info biz app dot punto slash arroba html',
    'call click pay send visit urgent bank bitcoin crypto zelle paypal venmo whatsapp telegram winner prize gift money',
    'download login password account immediately',
    'llama llame llamar llamen paga pague pagar envia envie enviar clic dinero banco urgente gratis premio policia visita',
    'cuenta deposite deposita depositar transfiera inmediatamente',
    'позвони позвоните переведи переведите деньги банк срочно полиция оплати оплатите',
    'اتصل ادفع ارسل بنك مال شرطه حول',
    'tawag tumawag magbayad bayad pera bangko',
  ]
    .join(' ')
    .split(' '),
)
/** Where words are not set apart. */
const NO_PARTS = [
  '汇款',
  '匯款',
  '银行',
  '銀行',
  '转账',
  '轉帳',
  '付款',
  '点击',
  '點擊',
  '电话',
  '電話',
  '警察',
  '微信',
  '송금',
  '은행',
  '클릭',
  '전화',
  '경찰',
]

const bare = (word: string): string => word.toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '')
const skeleton = (word: string): string =>
  [...bare(word)].map((letter) => LOOKS_LIKE.get(letter) ?? letter).join('')
const isOrder = (word: string): boolean => NO_NAMES.has(bare(word)) || NO_NAMES.has(skeleton(word))

/** @param name that fits `OwnerName` */
export const isPlainName = (name: string): boolean => {
  // Full-width, mathematical and superscript letters are other letters in disguise.
  if (name.normalize('NFKC') !== name.normalize('NFC')) return false
  const words = name.split(/[ '’\u2010.-]+/u).filter((word) => word !== '')
  const letters = words.join('')
  if (name.split(' ').length > WORDS_MAX || words.length > PARTS_MAX) return false
  if (!SCRIPTS.some((script) => script.test(letters))) return false
  if (DENSE.test(letters)) {
    const isLong = [...letters].length > DENSE_NAME_MAX_LETTERS
    if (isLong || words.some((word) => [...word].length > DENSE_WORD_MAX_LETTERS)) return false
  }
  if (words.some((word) => [...word].length > WORD_MAX_LETTERS)) return false
  return !words.some(isOrder) && !NO_PARTS.some((part) => letters.includes(part))
}

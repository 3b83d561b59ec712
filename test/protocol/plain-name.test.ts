import { describe, expect, test } from 'vitest'
import { OwnerName } from '../../src/protocol/fields.ts'
import { isPlainName } from '../../src/protocol/plain-name.ts'

describe('a name that may stand in a message', () => {
  test.each([
    'Ana',
    'Ma. José',
    'José Luis de la O’Brien',
    'María del Carmen Núñez-O’Hara',
    'Nguyễn Thị Ánh Tiên',
    'Đặng Văn Lợi',
    'Əli Məmmədov',
    'Kaʻiulani',
    'Łukasz',
    '陈小明',
    '歐陽 娜娜',
    '山田 はなこ',
    '김 민준',
    'Ольга Сергеевна',
    'Γιώργος',
    'محمد عبد الله',
    'አበበ',
    'सुनीता शर्मा',
    'Lupe-María Jr.',
    'Grace Cash',
  ])('is %s', (name) => {
    expect(OwnerName.safeParse(name).success).toBe(true)
    expect(isPlainName(name)).toBe(true)
  })

  test.each([
    ['a Cyrillic letter in a Latin word', 'Аna'],
    ['two scripts in two words', 'Ana Ольга'],
    ['a Greek letter in a Latin word', 'Rοsa'],
    ['full-width letters', 'Ａｎａ'],
    ['mathematical letters', '𝐀𝐧𝐚'],
    ['superscript letters', 'Anaᵃ'],
    ['a click that looks like a sign', 'Anaǃ'],
    ['Cherokee letters that look like Latin ones', 'ᎪᏒᎪ'],
    ['an order', 'Call your bank'],
    ['an order in Spanish', 'Llame al banco'],
    ['an order with accents', 'Páguè ahora'],
    ['an order in capitals', 'PAY NOW'],
    ['an order in Cyrillic letters that look Latin', 'рау'],
    ['an order in Russian', 'Срочно позвоните'],
    ['an order in Chinese', '请汇款'],
    ['an order in Korean', '송금해'],
    ['an order in Arabic', 'ادفع الآن'],
    ['a link without its points', 'evil dot com'],
    ['a link of words', 'www evil com'],
    ['a sentence', 'we have your son come with us'],
    ['a sentence in one word', 'givethemansomethingnow'],
    ['a sentence with hyphens', 'we-have-your-son-come-with-us-all'],
    ['a sentence in Chinese', '我们抓住了你的儿子快来'],
  ])('is not %s', (_, name) => expect(isPlainName(name)).toBe(false))
})

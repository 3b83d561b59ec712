import { PhoneNumber } from '../../protocol/channel.ts'

/** A phone number as people type it, to E.164. No library: the code that a text carries shows whether it is right. Pure. */

/** Country codes to choose from, where the families and theirs live; the rest is typed with a plus. */
export const COUNTRIES = [
  ['1', 'US, Canada, Puerto Rico, Rep. Dom.'],
  ['52', 'México'],
  ['502', 'Guatemala'],
  ['503', 'El Salvador'],
  ['504', 'Honduras'],
  ['505', 'Nicaragua'],
  ['506', 'Costa Rica'],
  ['51', 'Perú'],
  ['57', 'Colombia'],
  ['58', 'Venezuela'],
  ['593', 'Ecuador'],
  ['591', 'Bolivia'],
  ['55', 'Brasil'],
  ['509', 'Haïti'],
  ['53', 'Cuba'],
] as const

/** Numbers of `1` have ten digits, the first of them no 0 or 1; México's ten. Of the others only the length is known. */
const isLike = (country: string, digits: string): boolean => {
  if (country === '1') return /^[2-9][0-9]{9}$/.test(digits)
  if (country === '52') return /^[1-9][0-9]{9}$/.test(digits)
  return /^[0-9]{6,12}$/.test(digits)
}

/** @returns null for what cannot be a number */
export const numberOf = (country: string, typed: string): string | null => {
  const text = typed.trim().replace(/^00/, '+')
  if (!/^\+?[0-9 ()./-]+$/.test(text)) return null
  const digits = text.replace(/\D/g, '')
  if (text.startsWith('+')) {
    const known = COUNTRIES.find(([code]) => digits.startsWith(code))?.[0]
    const isRight = known !== '1' || isLike('1', digits.slice(1))
    return isRight && PhoneNumber.safeParse(`+${digits}`).success ? `+${digits}` : null
  }
  // With the country before it, or with the 0 that is dialled inside a country.
  const bare = country === '1' ? digits.replace(/^1(?=[0-9]{10}$)/, '') : digits.replace(/^0/, '')
  return isLike(country, bare) ? `+${country}${bare}` : null
}

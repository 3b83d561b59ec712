import { describe, expect, it } from 'vitest'
import blockList from '../../src/content/block-list.json'
import { refuseBlocked } from '../../src/content/block-list.ts'
import list from '../../src/content/hotlines.json'
import others from '../../src/content/other-lines.json'

describe('the block list', () => {
  it.each([
    '+18663472423',
    '8663472423',
    '1-866-347-2423',
    '(866) 347-2423',
    '866.347.2423',
    '866 347 2423',
    '866-DHS-2-ICE',
    '1-866-dhs-2-ice',
    '866DHS2ICE NOW',
    '８６６－３４７－２４２３',
    '８６６-ＤＨＳ-２-ＩＣＥ',
    '٨٦٦٣٤٧٢٤٢٣',
    '८६६३४७२४२३',
    '⑧⑥⑥③④⑦②④②③',
    'tel:+1-866-347-2423',
    '011 1 866 347 2423',
    '8\u200b66\u00a0347\u20112423',
    'call 866-347-2423 ext. 5',
  ])('refuses the tip line written as %j', (written) => {
    expect(refuseBlocked(written)?.en).toMatch(/tip line/)
  })

  it('gives a reason in each language for every number on it', () => {
    for (const { phone, why } of blockList) expect(refuseBlocked(phone)).toEqual(why)
  })

  it('refuses no hotline that is offered', () => {
    for (const { phone } of [...list, ...others]) expect(refuseBlocked(phone)).toBeNull()
  })

  it.each(['', 'hello', '866', '+1 866 347 2424', '347-2423', '+14085550100'])('lets %j pass', (written) => {
    expect(refuseBlocked(written)).toBeNull()
  })
})

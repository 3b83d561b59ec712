import { expect, test } from 'vitest'
import { render } from '../../src/client/help/pages/render.ts'

const Named = ({ name }: { name: string }) => <b title={name}>{name}</b>

test('what a page says cannot become markup', () => {
  expect(render(<Named name={'<i>"&'} />)).toBe('<b title="&lt;i&gt;&quot;&amp;">&lt;i&gt;&quot;&amp;</b>')
})

test('nothing is written for what is not there, and states that are false are said where they mean something', () => {
  expect(
    render(
      <p hidden={false} lang={undefined} aria-hidden={false}>
        {null}
        {false}
        {0}
      </p>,
    ),
  ).toBe('<p aria-hidden="false">0</p>')
  expect(render(<input disabled />)).toBe('<input disabled>')
})

test('a handler or raw HTML stops the build, since a file has neither', () => {
  expect(() => render(<button type="button" onClick={() => undefined} />)).toThrow('onClick')
  const html = { __html: '<i>' }
  expect(() => render(<p dangerouslySetInnerHTML={html} />)).toThrow('dangerouslySetInnerHTML')
})

import type { Language } from '../../protocol/fields.ts'
import { LANGUAGES, language } from '../text/language.ts'

/**
 * The first buttons of a page that a message links to, and harmless: who renders such pages to look for danger, and clicks what
 * comes first, changes the language.
 */
export const OtherLanguages = ({ onPick }: { onPick: (picked: Language) => void }) => (
  <>
    {LANGUAGES.filter(({ code }) => code !== language.value).map(({ code, name }) => (
      <button type="button" class="quiet" lang={code} key={code} onClick={() => onPick(code)}>
        {name}
      </button>
    ))}
  </>
)

import { LANGUAGES, language } from '../text/language.ts'
import { pickLanguage } from '../text/pick-language.ts'

export const LanguagePicker = ({ label }: { label: string }) => (
  <div class="field">
    <label for="language">{label}</label>
    <select
      id="language"
      value={language.value}
      onChange={(event) => {
        const picked = LANGUAGES.find(({ code }) => code === event.currentTarget.value)
        if (picked !== undefined) void pickLanguage(picked.code)
      }}
    >
      {LANGUAGES.map(({ code, name }) => (
        <option key={code} value={code} lang={code}>
          {name}
        </option>
      ))}
    </select>
  </div>
)

import { RIGHTS } from '../../../content/rights.ts'
import type { RightsScene } from '../../../content/rights-scene-schema.ts'
import { CHANGED, RED_CARDS, SCENES } from '../../../content/rights-scenes.ts'
import { sourcesOf } from './addresses.ts'
import { SceneArt } from './scene-art.tsx'
import { SourcesLink } from './sources.tsx'
import type { Words } from './words.ts'

/** What is held up to the officer stays English in every language; below each sentence what it means. */
const Spoken = ({ scene, words: { language } }: { scene: RightsScene; words: Words }) => (
  <div class="spoken">
    {scene.say.map(({ id, officer, owner }) => (
      <div key={id}>
        <p class="officer" lang="en">
          {officer}
        </p>
        <p class="meaning">{owner[language]}</p>
      </div>
    ))}
  </div>
)

const ScenePart = ({ scene, words }: { scene: RightsScene; words: Words }) => {
  const { language, t } = words
  return (
    <section class="scene" id={scene.id} aria-labelledby={`${scene.id}-title`}>
      <SceneArt id={scene.id} />
      <h2 id={`${scene.id}-title`}>{scene.title[language]}</h2>
      <Spoken scene={scene} words={words} />
      <div class="live" data-show={scene.id} />
      <h3>{t('rights.know')}</h3>
      <ul class="tips">
        {scene.know.map((text) => (
          <li key={text.en}>{text[language]}</li>
        ))}
      </ul>
      <h3>{t('rights.beware')}</h3>
      <ul class="tips beware">
        {scene.beware.map((text) => (
          <li key={text.en}>{text[language]}</li>
        ))}
      </ul>
      <SourcesLink words={words} to={sourcesOf('rights', scene.id)} />
    </section>
  )
}

/** What older cards and guides still say, and is no longer so. */
const Changed = ({ words }: { words: Words }) => (
  <section class="stack" id="changed">
    <h2>{words.t('rights.changed')}</h2>
    {CHANGED.map(({ id, title, text }) => (
      <div key={id} class="changed">
        <h3>{title[words.language]}</h3>
        <p>{text[words.language]}</p>
        <SourcesLink words={words} to={sourcesOf('rights', id)} />
      </div>
    ))}
  </section>
)

const RedCards = ({ words: { language, t } }: { words: Words }) => (
  <section class="card stack" id="red-cards">
    <h2>{t('rights.red')}</h2>
    <p>{RED_CARDS.about[language]}</p>
    <ul class="languages">
      {RED_CARDS.cards.map((card) => (
        <li key={card.language}>
          <a href={card.url} rel="noreferrer noopener" lang={card.language}>
            <bdi>{card.name}</bdi>
          </a>
        </li>
      ))}
    </ul>
    <p class="small">
      <a href={RED_CARDS.page} rel="noreferrer noopener">
        {RED_CARDS.organisation}
      </a>
    </p>
  </section>
)

export const RightsPage = ({ words }: { words: Words }) => {
  const { language, t } = words
  return (
    <>
      <p>{t('rights.body')}</p>
      <p class="wrong caution">{RIGHTS.caution[language]}</p>
      <nav aria-label={t('rights.where')}>
        <ul class="scenes">
          {SCENES.map(({ id, title }) => (
            <li key={id}>
              <a href={`#${id}`}>
                <SceneArt id={id} />
                <span>{title[language]}</span>
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {SCENES.map((scene) => (
        <ScenePart key={scene.id} scene={scene} words={words} />
      ))}
      <Changed words={words} />
      <div class="live" id="print" />
      <RedCards words={words} />
    </>
  )
}

import './style.css'
import init from './pkg/etalon.js'
import module from './pkg/etalon_bg.wasm?url'

// The texts of one language lie in one file, which is on its way before the app asks for it.
const languages = { en: () => import('./locales/en.js'), ru: () => import('./locales/ru.js') }
globalThis.etalon = {
  texts: async (language) => (await (languages[language] ?? languages.en)()).default,
  // Charts take more code than most screens: it comes with the first of them.
  chart: async (element, option, press) => (await import('./charts.js')).draw(element, option, press),
}
globalThis.etalon.texts(document.documentElement.lang)

// The styles of the reports and of the process editor: at once where the visit begins there, else when
// the browser is idle.
const laterStyles = () => import('./later.css')
if (/^\/(analytics|settings)/.test(location.pathname)) {
  await laterStyles()
}

await init({ module_or_path: module })

// The rest of the app, fetched while the first screen is read, so that no later one waits.
const parts = import.meta.glob(['./pkg/split_*.wasm', './pkg/chunk_*.wasm'], {
  query: '?url',
  import: 'default',
  eager: true,
})
const whenIdle = window.requestIdleCallback ?? ((action) => setTimeout(action, 1000))
whenIdle(() => {
  laterStyles()
  for (const href of Object.values(parts)) {
    const link = document.createElement('link')
    Object.assign(link, { rel: 'prefetch', as: 'fetch', crossOrigin: '', href })
    document.head.append(link)
  }
})

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

// The rest of the app, fetched while the first screens are read, so that no later one waits. One file
// after another, and only once nothing else has been asked for a while: what the reader opens comes first.
const parts = import.meta.glob(['./pkg/split_*.wasm', './pkg/chunk_*.wasm'], {
  query: '?url',
  import: 'default',
  eager: true,
})
const CALM = 5000
const whenIdle = window.requestIdleCallback ?? ((action) => setTimeout(action, 1000))
const pause = () => new Promise((resolve) => setTimeout(() => whenIdle(resolve), CALM))
const fetchLater = (href) =>
  new Promise((resolve) => {
    const link = document.createElement('link')
    Object.assign(link, { rel: 'prefetch', as: 'fetch', crossOrigin: '', href, onload: resolve, onerror: resolve })
    document.head.append(link)
  })
whenIdle(laterStyles)
if (!navigator.connection?.saveData) {
  await pause()
  for (const href of Object.values(parts)) {
    await fetchLater(href)
  }
}

// Runs before the first paint, so that nobody sees the wrong theme flash by.
// The app keeps what the reader chose in local storage: `theme` is `light`,
// `dark` or absent (as the system), `language` is a language tag or absent.
;(() => {
  const root = document.documentElement
  let theme = null
  let language = null
  try {
    theme = localStorage.getItem('theme')
    language = localStorage.getItem('language')
  } catch {
    // Storage is forbidden here: the system's choice it is.
  }
  const isDark = theme ? theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches
  root.dataset.theme = isDark ? 'etalon-dark' : 'etalon-light'
  const preferred = language ?? navigator.languages.find((tag) => /^(en|ru)\b/.test(tag)) ?? 'en'
  root.lang = preferred.slice(0, 2)
})()

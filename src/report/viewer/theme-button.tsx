import { useEffect, useState } from 'preact/hooks'

const themes = ['auto', 'light', 'dark'] as const

type Theme = (typeof themes)[number]

const KEY = 'faultline-theme'

/** Light, dark, or as the system is; kept for the next report. */
export function ThemeButton() {
  const [theme, setTheme] = useState(storedTheme)
  useEffect(() => {
    document.documentElement.dataset.theme = theme
    try {
      localStorage.setItem(KEY, theme)
    } catch {
      // Some browsers keep nothing for a page that is opened from a file.
    }
  }, [theme])
  const next = themes[(themes.indexOf(theme) + 1) % themes.length] ?? 'auto'
  return (
    <button type="button" class="plain" onClick={() => setTheme(next)} title={`Change to ${next}`}>
      Theme: {theme}
    </button>
  )
}

function storedTheme(): Theme {
  try {
    return themes.find((theme) => theme === localStorage.getItem(KEY)) ?? 'auto'
  } catch {
    return 'auto'
  }
}

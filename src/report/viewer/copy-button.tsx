import { useEffect, useState } from 'preact/hooks'
import { copyText } from './copy-text.js'

/** How long it is said that something was copied, in milliseconds. */
const NOTICE_MS = 2500

/** A button that copies a text, and says that it did. */
export function CopyButton({ text, label }: { readonly text: string; readonly label: string }) {
  const [notice, setNotice] = useNotice()
  return (
    <>
      <button type="button" aria-label={label} onClick={async () => setNotice((await copyText(text)) ? 'Copied' : 'Not allowed')}>
        copy
      </button>
      <output class="notice">{notice}</output>
    </>
  )
}

/** A short text that goes away by itself. */
export function useNotice(): readonly [string, (notice: string) => void] {
  const [notice, setNotice] = useState('')
  useEffect(() => {
    if (notice === '') return
    const timer = setTimeout(() => setNotice(''), NOTICE_MS)
    return () => clearTimeout(timer)
  }, [notice])
  return [notice, setNotice]
}

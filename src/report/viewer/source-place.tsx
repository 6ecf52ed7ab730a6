import { useState } from 'preact/hooks'
import { copyText } from './copy-text.js'
import { visible } from './value-text.js'

/** Where something is written, as `file:line:column`, which editors open. No link: a browser would show the file without the line, or save it. */
export function SourcePlace({ site }: { readonly site: string }) {
  const [notice, setNotice] = useState('')
  const copy = async () => setNotice((await copyText(site)) ? 'copied' : 'the browser does not let this page copy')
  return (
    <>
      <button type="button" class="site" title="Copy" onClick={copy} onBlur={() => setNotice('')}>
        <code>{visible(site)}</code>
      </button>{' '}
      <output class="soft">{notice}</output>
    </>
  )
}

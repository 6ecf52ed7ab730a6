import { isAbsolute, relative } from 'node:path'

/** A `file:line:column`, or a file, relative to `cwd` where it lies within. */
export function siteFrom(site: string, cwd: string | undefined): string {
  if (cwd === undefined || !isAbsolute(site)) return site
  const near = relative(cwd, site)
  return near === '' || near.startsWith('..') || isAbsolute(near) ? site : near
}

/** A site taken apart. */
export interface Site {
  readonly file: string
  readonly line: number
  readonly column: number
}

/** The parts of `file:line:column`, or `undefined` for another text. */
export function siteParts(site: string): Site | undefined {
  const match = site.match(/^(.+):(\d+):(\d+)$/s)
  const file = match?.[1]
  return file === undefined ? undefined : { file, line: Number(match?.[2]), column: Number(match?.[3]) }
}

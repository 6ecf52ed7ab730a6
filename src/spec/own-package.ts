import { existsSync } from 'node:fs'

/** The folder of this package on disk, whether this file runs as source, built, or bundled into the command. */
export const ownPackage: URL = (() => {
  let folder = new URL('.', import.meta.url)
  while (!existsSync(new URL('package.json', folder)) && folder.pathname !== '/') folder = new URL('..', folder)
  return folder
})()

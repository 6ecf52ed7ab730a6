import type { BuildResult } from 'esbuild'
import { bundleOf, bundleOptions } from './bundle.js'
import { esbuild } from './esbuild.js'
import { type LoadedFile, type LoadOptions, loadBundle, specPath } from './load-specs.js'

/**
 * Watches a spec file and what it imports of its own project. `onChange` is called at first and then when the code has changed, with a
 * function that loads it as {@link loadSpecs} does.
 *
 * @returns when watching has begun; it goes on until the process ends.
 * @throws SpecError when there is no such file at first.
 */
export async function watchSpecs(
  file: string,
  options: LoadOptions,
  onChange: (load: () => Promise<LoadedFile>) => void,
): Promise<void> {
  const path = specPath(file, options.cwd)
  const bundling = bundleOptions(path, options.directory)
  let last: string | undefined
  const announce = (result: BuildResult) => {
    const state = JSON.stringify(result.errors) + (result.outputFiles?.[0]?.hash ?? '')
    if (state === last) return
    last = state
    onChange(async () => loadBundle(file, path, options, bundleOf(path, result)))
  }
  const watching = await esbuild().context({
    ...bundling,
    plugins: [...bundling.plugins, { name: 'faultline-watch', setup: (build) => build.onEnd(announce) }],
  })
  await watching.watch()
}

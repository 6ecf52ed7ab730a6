/**
 * What the page carries compressed, as base64 of gzip in a JSON string.
 *
 * @param id - of its element.
 * @throws Error when it is not there, or the browser cannot decompress.
 */
export async function readPart(id: string): Promise<unknown> {
  const text: unknown = JSON.parse(document.getElementById(id)?.textContent ?? 'null')
  if (typeof text !== 'string') throw new Error(`the file has no ${id} in it`)
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
  return await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).json()
}

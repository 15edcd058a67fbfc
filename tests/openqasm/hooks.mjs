// qasm-ts publishes ECMAScript modules whose imports lack the file ending and whose package does not say that they are modules:
// both are supplied here while it is loaded.
export async function resolve(specifier, context, nextResolve) {
  const isBare = context.parentURL?.includes('/qasm-ts/dist/') && specifier.startsWith('.') && !specifier.endsWith('.js');
  if (!isBare) return nextResolve(specifier, context);
  try {
    return await nextResolve(`${specifier}.js`, context);
  } catch {
    return nextResolve(`${specifier}/index.js`, context);
  }
}

export async function load(url, context, nextLoad) {
  return nextLoad(url, url.includes('/qasm-ts/dist/') ? { ...context, format: 'module' } : context);
}

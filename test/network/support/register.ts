import { registerHooks, type ResolveHookSync } from 'node:module';

/** Lets what is imported from now on run here as in the extension host: with our settings for VS Code's, and with the bundle as it ships. */
export function standInForVSCode(): void {
  registerHooks({ resolve });
}

const resolve: ResolveHookSync = (specifier, context, next) => {
  const found = { vscode: './vscode.ts', './direct.cjs': '../../../dist/direct.cjs' }[specifier];
  return found === undefined
    ? next(specifier, context)
    : { url: new URL(found, import.meta.url).href, shortCircuit: true };
};

import { registerHooks } from 'node:module';

// Unit tests run outside VS Code: what they load of the host gets the little of the API that needs no editor.
registerHooks({
  resolve(specifier, context, next) {
    return specifier === 'vscode'
      ? { url: new URL('api.ts', import.meta.url).href, shortCircuit: true }
      : next(specifier, context);
  },
});

import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * Makes VS Code believe in a language pack for `locale`, an empty one: VS Code's own words stay English, extensions speak the language.
 * The server has to be started with `--locale` too.
 */
export async function installLanguage(userData: string, locale: string): Promise<void> {
  await mkdir(userData, { recursive: true });
  const translations = path.join(userData, `main.i18n.${locale}.json`);
  await writeFile(translations, JSON.stringify({ '': [], version: '1.0.0', contents: {} }));
  const pack = {
    hash: locale,
    extensions: [{ extensionIdentifier: { id: `dify-companion.language-${locale}` }, version: '1.0.0' }],
    translations: { vscode: translations },
    label: locale,
  };
  await writeFile(path.join(userData, 'languagepacks.json'), JSON.stringify({ [locale]: pack }));
}

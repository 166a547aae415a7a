import type { DifyClient } from './client.ts';
import { filled, objects, text, texts } from './json.ts';
import { readInputControl, type InputControl } from './inputForm.ts';

/** What the app says of itself. */
export interface AppInfo {
  readonly name: string;
  readonly description: string;
  /** `completion`, `chat`, `agent-chat`, `advanced-chat`, `workflow`, `agent`; `undefined` from servers before about 1.4. */
  readonly mode: string | undefined;
  /** Version of the Dify server, from the header `X-Version`. */
  readonly version: string | undefined;
}

/**
 * The app that the key opens.
 *
 * @throws {DifyError}
 * @see https://docs.dify.ai/en/api-reference/applications/get-app-info
 */
export async function getInfo(client: DifyClient, signal: AbortSignal): Promise<AppInfo> {
  const { fields, version } = await client.get('/info', {}, signal);
  return {
    name: text(fields, 'name') ?? '',
    description: text(fields, 'description') ?? '',
    mode: filled(fields, 'mode'),
    version,
  };
}

/** The features and the form of the app. */
export interface AppParameters {
  /** Markdown; may hold `{{variable}}` placeholders for the caller to fill. '' if there is none. */
  readonly openingStatement: string;
  /** Questions to begin with. */
  readonly suggestedQuestions: readonly string[];
  /** The inputs that the app asks for, in the owner's order. */
  readonly userInputForm: readonly InputControl[];
}

/**
 * The features and the form of the app as its owner published them.
 *
 * @throws {DifyError} also `rejected` with code `app_unavailable` for an app that is not published
 * @see https://docs.dify.ai/en/api-reference/applications/get-app-parameters
 */
export async function getParameters(client: DifyClient, signal: AbortSignal): Promise<AppParameters> {
  const { fields } = await client.get('/parameters', {}, signal);
  return {
    openingStatement: text(fields, 'opening_statement') ?? '',
    // Dify 1.11 may list empty ones.
    suggestedQuestions: texts(fields, 'suggested_questions').filter((question) => question.trim() !== ''),
    userInputForm: objects(fields, 'user_input_form').flatMap(readInputControl),
  };
}

/** How the app's owner wants it to look. */
export interface AppSite {
  readonly title: string;
  readonly description: string;
  /** `emoji` or `image`, or `undefined`. */
  readonly iconType: string | undefined;
  /** The emoji itself, or the id of an image. */
  readonly icon: string;
}

/**
 * The app's web face. Servers answer 403 for an app without one.
 *
 * @throws {DifyError}
 * @see https://docs.dify.ai/en/api-reference/applications/get-app-webapp-settings
 */
export async function getSite(client: DifyClient, signal: AbortSignal): Promise<AppSite> {
  const { fields } = await client.get('/site', {}, signal);
  return {
    title: text(fields, 'title') ?? '',
    description: text(fields, 'description') ?? '',
    iconType: filled(fields, 'icon_type'),
    icon: text(fields, 'icon') ?? '',
  };
}

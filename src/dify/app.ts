import type { DifyClient } from './client.ts';
import { readFileLimits, readFileUpload, type FileLimits, type FileUpload } from './fileUpload.ts';
import { readInputControl, type InputControl } from './inputForm.ts';
import { filled, flag, isFields, numeric, object, objects, text, texts, type Fields } from './json.ts';

/** What the app says of itself. */
export interface AppInfo {
  readonly name: string;
  readonly description: string;
  /** `completion`, `chat`, `agent-chat`, `advanced-chat`, `workflow`, `agent`; `undefined` from servers before about 1.4. */
  readonly mode: string | undefined;
  readonly tags: readonly string[];
  readonly authorName: string | undefined;
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
    tags: texts(fields, 'tags'),
    authorName: filled(fields, 'author_name'),
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
  /** Inputs that the owner hides from the person; they may be sent. */
  readonly hiddenInputs: readonly InputControl[];
  /** Whether `getSuggested` gives questions. */
  readonly suggestedQuestionsAfterAnswer: boolean;
  /** Whether `audioToText` listens. */
  readonly speechToText: boolean;
  readonly textToSpeech: TextToSpeech;
  /** Whether answers name their sources. Not to be relied on: look for them. */
  readonly retrieverResource: boolean;
  readonly annotationReply: AnnotationReply;
  /** No endpoint belongs to it. */
  readonly moreLikeThis: boolean;
  /** Whether questions or answers are moderated: an answer may be replaced. */
  readonly sensitiveWordAvoidance: boolean;
  readonly fileUpload: FileUpload;
  readonly systemParameters: FileLimits;
}

export interface TextToSpeech {
  readonly enabled: boolean;
  readonly voice: string | undefined;
  readonly language: string | undefined;
  /** Whether answers are to be spoken unasked. */
  readonly autoPlay: boolean;
}

/** A chatflow says that it is off even where it is on. */
export interface AnnotationReply {
  readonly enabled: boolean;
  readonly scoreThreshold: number | undefined;
  readonly embeddingProviderName: string | undefined;
  readonly embeddingModelName: string | undefined;
}

/**
 * The features and the form of the app as its owner published them.
 *
 * @throws {DifyError} also `rejected` with code `app_unavailable` for an app that is not published
 * @see https://docs.dify.ai/en/api-reference/applications/get-app-parameters
 */
export async function getParameters(client: DifyClient, signal: AbortSignal): Promise<AppParameters> {
  const { fields } = await client.get('/parameters', {}, signal);
  const form = objects(fields, 'user_input_form').flatMap(readInputControl);
  return {
    openingStatement: text(fields, 'opening_statement') ?? '',
    // Dify 1.11 may list empty ones.
    suggestedQuestions: texts(fields, 'suggested_questions').filter((question) => question.trim() !== ''),
    userInputForm: form.filter(({ hidden }) => !hidden),
    hiddenInputs: form.filter(({ hidden }) => hidden),
    suggestedQuestionsAfterAnswer: isEnabled(fields, 'suggested_questions_after_answer'),
    speechToText: isEnabled(fields, 'speech_to_text'),
    textToSpeech: readTextToSpeech(object(fields, 'text_to_speech')),
    retrieverResource: isEnabled(fields, 'retriever_resource'),
    annotationReply: readAnnotationReply(object(fields, 'annotation_reply')),
    moreLikeThis: isEnabled(fields, 'more_like_this'),
    sensitiveWordAvoidance: isEnabled(fields, 'sensitive_word_avoidance'),
    fileUpload: readFileUpload(object(fields, 'file_upload')),
    systemParameters: readFileLimits(object(fields, 'system_parameters')),
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
  /** A CSS color. */
  readonly iconBackground: string | undefined;
  /** Signed address of the image; see `downloadFile`. */
  readonly iconUrl: string | undefined;
  /** A CSS color. */
  readonly chatColorTheme: string | undefined;
  readonly chatColorThemeInverted: boolean;
  readonly copyright: string | undefined;
  /** An address, or text. */
  readonly privacyPolicy: string | undefined;
  /** To be shown beside what the app says. */
  readonly customDisclaimer: string;
  /** Like `en-US`. */
  readonly defaultLanguage: string | undefined;
  /** Whether the owner wants the steps of a workflow to be seen. */
  readonly showWorkflowSteps: boolean;
  readonly useIconAsAnswerIcon: boolean;
  /** Newer servers only. */
  readonly inputPlaceholder: string | undefined;
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
    iconBackground: filled(fields, 'icon_background'),
    iconUrl: filled(fields, 'icon_url'),
    chatColorTheme: filled(fields, 'chat_color_theme'),
    chatColorThemeInverted: flag(fields, 'chat_color_theme_inverted'),
    copyright: filled(fields, 'copyright'),
    privacyPolicy: filled(fields, 'privacy_policy'),
    customDisclaimer: text(fields, 'custom_disclaimer') ?? '',
    defaultLanguage: filled(fields, 'default_language'),
    showWorkflowSteps: flag(fields, 'show_workflow_steps'),
    useIconAsAnswerIcon: flag(fields, 'use_icon_as_answer_icon'),
    inputPlaceholder: filled(fields, 'input_placeholder'),
  };
}

/** The face of a tool: an address, which needs a sign-in to Dify's console, or an emoji on a color. */
export type ToolIcon = string | { readonly background: string; readonly content: string };

/**
 * The icons of the app's tools, by the tool's name; empty for apps without any.
 *
 * @throws {DifyError}
 * @see https://docs.dify.ai/en/api-reference/applications/get-app-meta
 */
export async function getToolIcons(
  client: DifyClient,
  signal: AbortSignal,
): Promise<Readonly<Record<string, ToolIcon>>> {
  const { fields } = await client.get('/meta', {}, signal);
  const icons = Object.entries(object(fields, 'tool_icons')).map(([name, icon]) => [name, readToolIcon(icon)] as const);
  return Object.fromEntries(icons.filter((icon): icon is [string, ToolIcon] => icon[1] !== undefined));
}

/** Features are objects with a switch, and whatever else the owner's editor stored. */
function isEnabled(fields: Fields, feature: string): boolean {
  return flag(object(fields, feature), 'enabled');
}

function readTextToSpeech(fields: Fields): TextToSpeech {
  return {
    enabled: flag(fields, 'enabled'),
    voice: filled(fields, 'voice'),
    language: filled(fields, 'language'),
    autoPlay: flag(fields, 'autoPlay'),
  };
}

function readAnnotationReply(fields: Fields): AnnotationReply {
  const model = object(fields, 'embedding_model');
  return {
    enabled: flag(fields, 'enabled'),
    scoreThreshold: numeric(fields, 'score_threshold'),
    embeddingProviderName: filled(model, 'embedding_provider_name'),
    embeddingModelName: filled(model, 'embedding_model_name'),
  };
}

function readToolIcon(icon: unknown): ToolIcon | undefined {
  if (typeof icon === 'string') return icon;
  if (!isFields(icon)) return undefined;
  return { background: text(icon, 'background') ?? '', content: text(icon, 'content') ?? '' };
}

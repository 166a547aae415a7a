import { latestParameters } from './apps.ts';
import { appUnavailable } from './http/errors.ts';
import { restResponse } from './http/responses.ts';
import type { Call } from './routes.ts';

/** `GET /info` */
export function info({ app }: Call): Response {
  return restResponse({
    name: app.name,
    description: app.description,
    tags: [],
    mode: app.mode,
    author_name: app.authorName,
  });
}

/** `GET /parameters`: of a chatflow or workflow what was published last. */
export function parameters({ app }: Call): Response {
  // A new agent that was never published shows what it would be.
  if ((app.isUnpublished === true && app.mode !== 'agent') || app.workflow?.versions.length === 0)
    throw appUnavailable();
  return restResponse(latestParameters(app));
}

/** `GET /meta`. The icons are the console's, which wants a login. The tools of new agents do not show. */
export function meta({ app, request }: Call): Response {
  const icons = `${new URL(request.url).origin}/console/api/workspaces/current/tool-provider/builtin`;
  const tools = app.mode === 'agent-chat' ? (app.agent?.tools ?? []) : [];
  const shown = tools.filter(({ provider }) => provider !== undefined);
  return restResponse({
    tool_icons: Object.fromEntries(shown.map(({ name, provider }) => [name, `${icons}/${provider}/icon`])),
  });
}

/** `GET /site`. The icon has no address, for it is an emoji. */
export function site({ app, server }: Call): Response {
  const address = { icon_url: null };
  return restResponse({
    title: app.name,
    chat_color_theme: null,
    chat_color_theme_inverted: false,
    icon_type: 'emoji',
    icon: app.site.icon,
    icon_background: app.site.iconBackground,
    ...(server.generation.iconUrlIsLast ? {} : address),
    description: app.site.description,
    copyright: null,
    privacy_policy: null,
    custom_disclaimer: app.site.disclaimer,
    default_language: 'en-US',
    show_workflow_steps: true,
    use_icon_as_answer_icon: false,
    ...(server.generation.iconUrlIsLast ? address : {}),
  });
}

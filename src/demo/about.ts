import { restResponse } from './http.ts';
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

/** `GET /parameters` */
export function parameters({ app }: Call): Response {
  return restResponse(app.parameters);
}

/** `GET /meta`: no app here has tools. */
export function meta(): Response {
  return restResponse({ tool_icons: {} });
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

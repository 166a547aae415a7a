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

/** `GET /site` */
export function site({ app }: Call): Response {
  return restResponse({
    title: app.name,
    chat_color_theme: null,
    chat_color_theme_inverted: false,
    icon_type: 'emoji',
    icon: app.site.icon,
    icon_background: app.site.iconBackground,
    description: app.site.description,
    copyright: null,
    privacy_policy: null,
    custom_disclaimer: app.site.disclaimer,
    default_language: 'en-US',
    show_workflow_steps: true,
    use_icon_as_answer_icon: false,
    icon_url: null,
  });
}

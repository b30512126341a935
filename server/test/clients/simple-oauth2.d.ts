/** The part of simple-oauth2 5 that the tests use; the package brings no types. */
declare module 'simple-oauth2' {
  export type ModuleOptions = {
    client: { id: string; secret: string };
    auth: { tokenHost: string; tokenPath: string };
    http?: { headers?: Record<string, string> };
    options?: {
      bodyFormat?: 'form' | 'json';
      authorizationMethod?: 'header' | 'body';
      credentialsEncodingMode?: 'strict' | 'loose';
    };
  };

  export type AccessToken = {
    token: { access_token: string; token_type: string; expires_in: number; expires_at: Date };
    expired(windowSeconds?: number): boolean;
  };

  export class ClientCredentials {
    constructor(options: ModuleOptions);
    getToken(parameters: { scope?: string | string[] }): Promise<AccessToken>;
  }
}

using System.Net.Http.Json;
using VibeDash.Client.Live;
using VibeDash.Core.Contract;

namespace VibeDash.Client.People;

/// <summary>People and keys over HTTP.</summary>
internal sealed class HttpPersonApi(ApiClient api) : IPersonApi
{
    public Task<SignedIn> GetSignedInAsync(CancellationToken cancellationToken = default) => api.GetAsync("me", DashboardJson.Default.SignedIn, cancellationToken);

    public Task<PersonAccount[]> GetPeopleAsync(CancellationToken cancellationToken = default) =>
        api.GetAsync("people", DashboardJson.Default.PersonAccountArray, cancellationToken);

    public Task<Answer<PersonAccount>> AddPersonAsync(NewPerson person, CancellationToken cancellationToken = default) =>
        api.SendAsync(HttpMethod.Post, "people", JsonContent.Create(person, DashboardJson.Default.NewPerson), DashboardJson.Default.PersonAccount, cancellationToken);

    public Task<Answer<PersonAccount>> ChangePersonAsync(string personId, PersonEdit edit, CancellationToken cancellationToken = default) => api.SendAsync(
        HttpMethod.Patch,
        ApiClient.Path($"people/{personId}"),
        JsonContent.Create(edit, DashboardJson.Default.PersonEdit),
        DashboardJson.Default.PersonAccount,
        cancellationToken);

    public Task<Answer<PersonAccount>> RemovePersonAsync(string personId, CancellationToken cancellationToken = default) =>
        api.SendAsync(HttpMethod.Delete, ApiClient.Path($"people/{personId}"), null, DashboardJson.Default.PersonAccount, cancellationToken);

    public Task<AccessKey[]> GetKeysAsync(CancellationToken cancellationToken = default) => api.GetAsync("keys", DashboardJson.Default.AccessKeyArray, cancellationToken);

    public Task<Answer<MadeAccessKey>> MakeKeyAsync(NewAccessKey key, CancellationToken cancellationToken = default) =>
        api.SendAsync(HttpMethod.Post, "keys", JsonContent.Create(key, DashboardJson.Default.NewAccessKey), DashboardJson.Default.MadeAccessKey, cancellationToken);

    public Task<Answer<AccessKey>> PairDisplayAsync(NewDisplay display, CancellationToken cancellationToken = default) =>
        api.SendAsync(HttpMethod.Post, "displays", JsonContent.Create(display, DashboardJson.Default.NewDisplay), DashboardJson.Default.AccessKey, cancellationToken);

    public Task<Answer<AccessKey>> RevokeKeyAsync(string keyId, CancellationToken cancellationToken = default) =>
        api.SendAsync(HttpMethod.Post, ApiClient.Path($"keys/{keyId}/revoke"), null, DashboardJson.Default.AccessKey, cancellationToken);
}

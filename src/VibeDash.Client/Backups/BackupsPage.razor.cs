using Microsoft.AspNetCore.Components;
using VibeDash.Client.Live;
using VibeDash.Client.Ui;
using VibeDash.Core.Contract;

namespace VibeDash.Client.Backups;

/// <summary>Backups of the database. Polls every second while one is in progress.</summary>
public sealed partial class BackupsPage : ComponentBase
{
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromSeconds(1);

    private BackupStatus? _status;
    private ITimer? _timer;
    private string? _fault;
    private bool _sending;

    [Inject]
    private Me Me { get; set; } = null!;

    [Inject]
    private IBackupApi Api { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_timer is not null)
            await _timer.DisposeAsync();
    }

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        if (!RendererInfo.IsInteractive)
            return;
        _timer = Time.CreateTimer(_ => _ = InvokeAsync(LookAsync), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        await LookAsync();
    }

    private async Task LookAsync()
    {
        try
        {
            (_status, _fault) = (await Api.GetBackupsAsync(), null);
        }
        catch (HttpRequestException e)
        {
            _fault = $"The backups could not be fetched. {e.Message}";
        }

        if (_status is { Run: { EndedAt: null } } || _fault is not null)
            _timer?.Change(ProgressInterval, Timeout.InfiniteTimeSpan);
        StateHasChanged();
    }

    private Task StartAsync() => SendAsync(async by =>
        (await Api.StartBackupAsync(by)).Refusal is { } refusal ? $"No backup was started. {RefusalText.Of(refusal)}" : null);

    private Task CancelAsync() => SendAsync(async by =>
    {
        await Api.CancelBackupAsync(by);
        return null;
    });

    private async Task SendAsync(Func<Actor, Task<string?>> send)
    {
        if (_sending)
            return;
        _sending = true;
        try
        {
            var fault = await send(Me.Actor);
            await LookAsync();
            _fault = fault ?? _fault;
        }
        catch (HttpRequestException e)
        {
            _fault = $"The server did not answer; the change may have been made. {e.Message}";
        }
        finally
        {
            _sending = false;
        }
    }
}

using Microsoft.AspNetCore.Components;
using VibeDash.Client.Live;
using VibeDash.Client.Ui;
using VibeDash.Core.Contract;
using VibeDash.Core.Readings;

namespace VibeDash.Client.DeadLetters;

/// <summary>Rejected messages, by reason and topic. Fetched again when their number changes.</summary>
public sealed partial class DeadLettersPage : LiveComponent
{
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromSeconds(1);

    private DeadLetterSelection _selection = new();
    private DeadLetterGroup[]? _groups;
    private ReplayRun? _run;
    private (int Kept, long Rejected)? _shown;
    private IDisposable? _keeping;
    private ITimer? _progressTimer;
    private string? _fault;
    private string? _notice;
    private bool _fetching;
    private bool _fetchAgain;
    private int _version;

    /// <summary>Filters by reason, by name.</summary>
    [SupplyParameterFromQuery(Name = "reason")]
    public string? Reason { get; set; }

    /// <summary>Filters by topic, exactly.</summary>
    [SupplyParameterFromQuery(Name = "topic")]
    public string? Topic { get; set; }

    /// <summary>Filters by source, by its topic filter.</summary>
    [SupplyParameterFromQuery(Name = "source")]
    public string? Source { get; set; }

    [Inject]
    private Me Me { get; set; } = null!;

    [Inject]
    private IDeadLetterApi Api { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    [Inject]
    private PrerenderedState Prerendered { get; set; } = null!;

    private bool IsReplaying => _run is { EndedAt: null };

    private int Replayable => _groups?.Sum(group => group.Replayable) ?? 0;

    // Not the messages that arrived since the page was updated.
    private DeadLetterSelection All => _selection with { Before = (_groups?.Max(group => (long?)group.LastId) ?? 0) + 1 };

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        if (!RendererInfo.IsInteractive)
        {
            _keeping = Prerendered.Keep("dead-letters", () => _groups, DashboardJson.Default.DeadLetterGroupArray);
            return;
        }

        _progressTimer = Time.CreateTimer(_ => InvokeAsync(PollAsync), null, ProgressInterval, ProgressInterval);

        // Started in another browser, or by this page before it was left.
        await TryAsync(async () => _run = await Api.GetReplayRunAsync() is { EndedAt: null } run ? run : _run);
    }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        var selection = new DeadLetterSelection(
            Enum.TryParse<RejectionReason>(Reason, ignoreCase: true, out var reason) && Enum.IsDefined(reason) ? reason : null,
            string.IsNullOrEmpty(Topic) ? null : Topic,
            Source: string.IsNullOrEmpty(Source) ? null : Source);
        if (_groups is not null && selection == _selection)
            return;
        (_selection, _groups, _notice) = (selection, null, null);
        if (Prerendered.TryTake("dead-letters", DashboardJson.Default.DeadLetterGroupArray, out var kept))
            _groups = kept;
        await ReloadAsync();
    }

    /// <inheritdoc/>
    protected override bool FleetChanged()
    {
        if (Fleet.View?.Status is not { } status || _shown == (status.DeadLetters, status.Rejected))
            return false;
        _ = ReloadAsync();
        return false;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _keeping?.Dispose();
        _progressTimer?.Dispose();
        base.Dispose(disposing);
    }

    private async Task ReloadAsync()
    {
        if (_fetching)
        {
            _fetchAgain = true;
            return;
        }

        _fetching = true;
        do
        {
            _fetchAgain = false;
            _shown = Fleet.View?.Status is { } status ? (status.DeadLetters, status.Rejected) : null;
            var selection = _selection;
            await TryAsync(async () =>
            {
                var groups = await Api.GetDeadLetterGroupsAsync(selection);
                if (selection == _selection)
                    (_groups, _version) = (groups, _version + 1);
            });
        }
        while (_fetchAgain);
        _fetching = false;
        StateHasChanged();
    }

    private async Task PollAsync()
    {
        if (!IsReplaying)
            return;
        await TryAsync(async () => _run = await Api.GetReplayRunAsync());
        if (!IsReplaying)
            await ReloadAsync();
        StateHasChanged();
    }

    private Task ReplayAsync(DeadLetterSelection selection) => TryAsync(async () =>
    {
        _notice = null;
        _run = await Api.ReplayDeadLettersAsync(selection, Me.Actor);
    });

    private async Task ChangedAsync(string notice)
    {
        _notice = notice;
        await ReloadAsync();
    }

    private async Task TryAsync(Func<Task> ask)
    {
        try
        {
            await ask();
            _fault = null;
        }
        catch (HttpRequestException e)
        {
            _fault = e.Message;
        }
    }
}

using Bunit;
using Bunit.TestDoubles;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using NSubstitute;
using VibeDash.Client.Alerts;
using VibeDash.Client.Live;
using VibeDash.Client.Shell;
using VibeDash.Client.Ui;
using VibeDash.Core.Contract;
using VibeDash.Core.People;

namespace VibeDash.Client.Tests;

/// <summary>A browser with the pages; the server is a substitute, and the test controls feed and clock.</summary>
public abstract class PageTest : BunitContext
{
    static PageTest() => DefaultWaitTimeout = TimeLimit.Limit;

    private protected PageTest()
    {
        Time.SetLocalTimeZone(TimeZoneInfo.CreateCustomTimeZone("test", TimeSpan.FromHours(2), "test", "test"));
        Persisted = this.AddBunitPersistentComponentState();
        Services.AddSingleton<TimeProvider>(Time);
        foreach (var contract in typeof(IAllApis).GetInterfaces())
            Services.AddSingleton(contract, Api);
        Services.AddSingleton<ILiveFeed>(Feed);
        Services.AddDashboardPages();
        Services.AddScoped(_ => new Me { Person = Person });
        Api.GetSignedInAsync(Arg.Any<CancellationToken>()).Returns(_ => Task.FromResult(Person));
        SetRendererInfo(new RendererInfo("WebAssembly", isInteractive: true));

        Dialog = JSInterop.SetupModule("./dialog.js");
        Dialog.SetupVoid("open", _ => true).SetVoidResult();
        Dialog.SetupVoid("close", _ => true).SetVoidResult();
        var observer = JSInterop.SetupModule("./Fleet/FleetPage.razor.js").SetupModule("observe", _ => true);
        observer.SetupVoid("look").SetVoidResult();
        observer.SetupVoid("dispose").SetVoidResult();
        Sound = JSInterop.SetupModule("./Alerts/AlertSound.razor.js");
        Sound.Setup<SignalChoice>("load").SetResult(new(Sound: false, Notifications: false));
        Sound.Setup<bool>("setSound", _ => true).SetResult(true);
        Sound.Setup<bool>("play", _ => true).SetResult(true);
        Sound.SetupVoid("notify", _ => true).SetVoidResult();
        ChartScript = JSInterop.SetupModule("./Trends/TrendChart.razor.js");
        Chart = ChartScript.SetupModule("create", _ => true);
        Chart.Setup<int>("width").SetResult(ChartWidth);
        foreach (var call in (string[])["update", "destroy", "savePng", "saveSvg", "saveText"])
            Chart.SetupVoid(call, _ => true).SetVoidResult();
        Api.GetOutOfServiceAsync(Arg.Any<CancellationToken>()).Returns([]);
        JSInterop.SetupVoid("Blazor._internal.domWrapper.focusBySelector", _ => true).SetVoidResult();
    }

    /// <summary>Width of trend charts, in pixels.</summary>
    private protected const int ChartWidth = 800;

    /// <summary>Who is signed in: an administrator, unless a test says otherwise before it renders.</summary>
    private protected SignedIn Person { get; set; } = new("Ada", [.. RolePermissions.Of(Role.Administrator)]);

    private protected FakeTimeProvider Time { get; } = new(Some.Time);

    private protected FakeFeed Feed { get; } = new();

    private protected IAllApis Api { get; } = Substitute.For<IAllApis>();

    private protected BunitJSModuleInterop Dialog { get; }

    private protected BunitJSModuleInterop Sound { get; }

    private protected BunitJSModuleInterop ChartScript { get; }

    private protected BunitJSModuleInterop Chart { get; }

    private protected BunitPersistentComponentState Persisted { get; }

    /// <summary>Renders the whole layout with <typeparamref name="TPage"/>, live and with a first snapshot.</summary>
    private protected IRenderedComponent<MainLayout> Open<TPage>(FleetSnapshot fleet, params (string Name, object? Value)[] parameters)
        where TPage : IComponent
    {
        Api.GetFleetAsync(Arg.Any<CancellationToken>()).Returns(fleet);
        return Render<MainLayout>(layout => layout.Add(l => l.Body, page =>
        {
            page.OpenComponent<TPage>(0);
            foreach (var (name, value) in parameters)
                page.AddComponentParameter(1, name, value);
            page.CloseComponent();
        }));
    }

    /// <summary>Renders the layout without a page.</summary>
    private protected IRenderedComponent<MainLayout> Open(FleetSnapshot fleet)
    {
        Api.GetFleetAsync(Arg.Any<CancellationToken>()).Returns(fleet);
        return Render<MainLayout>();
    }

    /// <summary>Lets the page render coalesced changes.</summary>
    private protected void Beat() => Time.Advance(LiveFleet.Heartbeat);
}

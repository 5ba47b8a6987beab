var builder = WebApplication.CreateBuilder(args);
builder.Services.AddRazorComponents().AddInteractiveWebAssemblyComponents();
var app = builder.Build();
app.UseAntiforgery();
app.MapStaticAssets();
app.Run();
